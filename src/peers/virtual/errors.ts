// The exceptions of RTCPeerConnection, with the names of WebRTC 1.0 and sentences like Chromium's.

/** The names of the DOMExceptions that a peer's calls give (WebRTC 1.0 §4.4.2). */
export type FailureName =
  | 'InvalidStateError'
  | 'InvalidAccessError'
  | 'InvalidModificationError'
  | 'OperationError'
  | 'NotSupportedError'
  | 'SyntaxError';

/** A DOMException of a method of RTCPeerConnection. */
export function failure(name: FailureName, method: string, message: string): DOMException {
  return new DOMException(sentence(method, message), name);
}

/** A DOMException of a method of another interface. */
export function refusal(
  name: FailureName,
  method: string,
  on: string,
  message: string,
): DOMException {
  return new DOMException(`Failed to execute '${method}' on '${on}': ${message}`, name);
}

/** A TypeError of a method of RTCPeerConnection. */
export function typeFailure(method: string, message: string): TypeError {
  return new TypeError(sentence(method, message));
}

/** What each method gives once `close()` was called. */
export function closedFailure(method: string): DOMException {
  return failure(
    'InvalidStateError',
    method,
    "The RTCPeerConnection's signalingState is 'closed'.",
  );
}

function sentence(method: string, message: string): string {
  return `Failed to execute '${method}' on 'RTCPeerConnection': ${message}`;
}
