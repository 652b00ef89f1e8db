// What goes wrong in signaling, by name.

/** The channel could not be opened, or could not take a message. `cause` is the browser's own error. */
export class SignalingError extends Error {
  override readonly name = 'SignalingError';
}
