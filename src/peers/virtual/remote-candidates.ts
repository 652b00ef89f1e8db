// Candidates that the app adds: to which section and generation of the remote descriptions they belong (WebRTC 1.0 §4.4.2).
import { parseCandidate } from '../../ice/candidate.ts';
import type { CandidateInit } from '../connection.ts';
import { remoteTransport } from './apply.ts';
import { failure } from './errors.ts';
import type { RemoteDescription, Session } from './session.ts';
import type { Transport } from './transport.ts';

const METHOD = 'addIceCandidate';

/**
 * Adds a candidate, or the end of them, to the remote descriptions that it belongs to, and to the agent where these
 * are in use. Candidates of a section that does not carry the transport are kept in the text only (RFC 9429 §4.1.19).
 * @throws InvalidStateError, OperationError
 */
export function addRemoteCandidate(
  session: Session,
  transport: Transport,
  init: CandidateInit,
): void {
  const newest = session.remote;
  if (newest === null)
    throw failure('InvalidStateError', METHOD, 'The remote description was null');
  const broken = () => failure('OperationError', METHOD, 'Error processing ICE candidate');
  const { candidate = '', sdpMid = null, sdpMLineIndex = null } = init;
  const parsed = candidate === '' ? null : parseCandidate(candidate);
  if (candidate !== '' && parsed === null) throw broken();
  const { sections } = newest.remote;
  const isNamed = sdpMid !== null || sdpMLineIndex !== null;
  const index =
    sdpMid === null ? sdpMLineIndex : sections.findIndex((section) => section.mid === sdpMid);
  if (isNamed && (index === null || sections[index] === undefined)) throw broken();
  const said = parsed?.extensions.find(([name]) => name === 'ufrag')?.[1];
  const ufrag = init.usernameFragment ?? said ?? null;
  const places = isNamed && index !== null ? [index] : sections.map((_, at) => at);
  const known = [session.pendingRemote, session.currentRemote].filter((each) => each !== null);
  let found = false;
  for (const description of known) {
    if (ufrag === null && description !== newest) continue;
    for (const at of places) {
      const section = description.remote.sections[at];
      if (section === undefined) continue;
      const own = remoteTransport(description.remote, at).ufrag;
      if (ufrag !== null && own !== ufrag) continue;
      found = true;
      if (section.isRejected) continue;
      grow(description, at, candidate);
      if (transport.takes(at, own)) transport.addCandidate(candidate);
    }
  }
  if (!found && isNamed) throw broken();
}

function grow({ slot }: RemoteDescription, at: number, candidate: string): void {
  const before = slot.growthOf(at);
  const line = `a=${candidate}`;
  if (candidate === '') slot.grow(at, { ...before, ended: true });
  else if (!before.lines.includes(line)) {
    slot.grow(at, { ...before, lines: [...before.lines, line] });
  }
}
