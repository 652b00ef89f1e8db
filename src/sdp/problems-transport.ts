// Problems of ICE, DTLS and the sections as transports.
import { addressInfo } from '../rtc/address.ts';
import type { CandidateFields } from '../ice/candidate.ts';
import { candidateFaults, type CandidatePlace } from './findings/candidate-faults.ts';
import { dataProblems } from './findings/data.ts';
import { breathe, type Breath } from './breath.ts';
import { isEncrypted, isRejected, transportOwner, usesDtls } from './bundle.ts';
import { carriesRtp } from './codecs.ts';
import { digestBytes, hashBytes } from './digest.ts';
import { attribute, attributes, inherited, isFragment } from './parse.ts';
import type { SdpDocument, SdpLine, SdpSection } from './parse.ts';
import type { ProblemOptions, Report } from './problem.ts';
import { words } from './sources.ts';

/** RFC 8839 §5.4. */
const LEAST = { ufrag: 4, pwd: 22 } as const;

/** Finds them, and can be left between two lines. */
export function* transportProblems(
  document: SdpDocument,
  type: ProblemOptions['type'],
  report: Report,
): Generator<Breath> {
  const { lines, sections } = document;
  const media = sections.filter(({ index }) => index > 0);
  if (lines.length > 0 && media.length === 0 && !isFragment(document)) {
    // An answer must have the offer's sections; a browser's first offer may have none.
    const isAnswer = type === 'answer' || type === 'pranswer';
    const text = isAnswer ? 'answer' : (type ?? 'unknown');
    report('no-media', isAnswer ? 'wrong' : 'suspicious', null, { text });
  }
  for (const section of media) {
    const number = section.lines[0]?.number ?? null;
    if (isRejected(section)) report('rejected', 'note', number, {});
    else {
      if (carriesRtp(section) && !isEncrypted(section)) {
        // Browsers go by the fingerprint, whatever the protocol says.
        const keys = inherited(document, section, 'fingerprint') === null ? 'no' : 'yes';
        const proto = section.media?.proto ?? '';
        report('not-encrypted', keys === 'no' ? 'wrong' : 'suspicious', number, { proto, keys });
      }
      // A bundled section has the transport of the tagged one, and need not repeat its lines (RFC 9143 §7.1.3).
      if (transportOwner(document, section) === section && !isFragment(document)) {
        ofTransport(document, section, report);
      }
    }
    dataProblems(section, report);
  }
  const candidates: Candidates = { first: null, readable: [] };
  const isLite = sections[0] !== undefined && attribute(sections[0], 'ice-lite') !== null;
  for (const [at, line] of lines.entries()) {
    const section = sections[line.section];
    const ufrag = section === undefined ? null : inherited(document, section, 'ice-ufrag');
    ofLine(
      line,
      type ?? null,
      { isLite, ufrag: ufrag?.argument?.trim() ?? null },
      candidates,
      report,
    );
    yield* breathe(at);
  }
  for (const section of sections) lateCandidates(section, report);
  if (!isFragment(document)) ofAll(document, candidates, report);
}

function ofTransport(document: SdpDocument, section: SdpSection, report: Report): void {
  if (!usesDtls(section)) return;
  const number = section.lines[0]?.number ?? null;
  const has = (name: string) => inherited(document, section, name) !== null;
  const mismatch = inherited(document, section, 'ice-mismatch');
  if (!has('fingerprint')) report('no-fingerprint', 'wrong', number, {});
  if (!has('setup')) report('no-setup', 'suspicious', number, {});
  // Who says that ICE is not used has no credentials to give.
  if (mismatch !== null) {
    report('ice-mismatch', 'wrong', mismatch.number, {});
    return;
  }
  if (!has('ice-ufrag')) report('no-ice', 'wrong', number, { which: 'ufrag' });
  if (!has('ice-pwd')) report('no-ice', 'wrong', number, { which: 'pwd' });
}

/** The candidates of a description: where the first one stands, and those that read. */
interface Candidates {
  first: number | null;
  readonly readable: CandidateFields[];
}

function ofLine(
  line: SdpLine,
  type: ProblemOptions['type'],
  place: CandidatePlace,
  candidates: Candidates,
  report: Report,
): void {
  const { name, number } = line;
  if (name === null) return;
  const value = (line.argument ?? '').trim();
  switch (name) {
    case 'ice-ufrag':
    case 'ice-pwd': {
      const which = name === 'ice-ufrag' ? 'ufrag' : 'pwd';
      const least = LEAST[which];
      if (value.length < least) {
        report('ice-length', 'wrong', number, { which, length: value.length, least });
      }
      return;
    }
    case 'fingerprint': {
      const [hash = '', digest = ''] = words(value);
      const wanted = hashBytes(hash);
      const bytes = digestBytes(digest);
      if (wanted !== null && bytes !== wanted) {
        report('fingerprint-length', 'wrong', number, { bytes, wanted });
      }
      if (/[a-f]/.test(digest)) report('fingerprint-case', 'wrong', number, {});
      if (['md2', 'md5', 'sha-1'].includes(hash.toLowerCase())) {
        report('fingerprint-weak', 'suspicious', number, {});
      }
      return;
    }
    case 'setup':
      if (value === 'holdconn') report('setup-unusable', 'wrong', number, { value });
      // RFC 8842 §5.2 and §5.3.
      if (type === 'offer' && (value === 'active' || value === 'passive')) {
        report('setup-offer', 'suspicious', number, {});
      }
      // The usual answer is `active`.
      if (type === null && value === 'passive') {
        report('setup-unclear', 'note', number, { value });
      }
      if ((type === 'answer' || type === 'pranswer') && value === 'actpass') {
        report('setup-answer', 'wrong', number, {});
      }
      return;
    case 'candidate': {
      const { fields, faults } = candidateFaults(line.text, place);
      candidates.first ??= number;
      for (const { id, level, params } of faults) report(id, level, number, params);
      if (fields !== null) candidates.readable.push(fields);
      return;
    }
    default:
  }
}

function lateCandidates(section: SdpSection, report: Report): void {
  const end = attribute(section, 'end-of-candidates');
  const late = attributes(section, 'candidate').find(
    ({ number }) => number > (end?.number ?? Infinity),
  );
  if (late !== undefined) report('candidate-late', 'suspicious', late.number, {});
}

/** Whether there are candidates at all, and whether one could be reached from elsewhere. */
function ofAll(document: SdpDocument, { first, readable }: Candidates, report: Report): void {
  const { sections } = document;
  if (first === null) {
    if (
      sections.some((section) => section.index > 0 && !isRejected(section) && usesDtls(section))
    ) {
      report('no-candidates', 'note', null, {});
    }
    return;
  }
  if (readable.length === 0) return;
  const kinds = readable.map(({ address }) => addressInfo(address).kind);
  const isHost = readable.every(({ type }) => type === 'host');
  if (isHost && kinds.every((kind) => LOCAL.has(kind))) {
    const kind = kinds.every((each) => each === 'mdns') ? 'mdns' : 'private';
    report('local-candidates', 'note', first, { kind });
    return;
  }
  const ended = sections.find((section) => attribute(section, 'end-of-candidates') !== null);
  const isOpen = readable.some(
    ({ type, address }) =>
      type === 'relay' || (type === 'host' && !LOCAL.has(addressInfo(address).kind)),
  );
  if (ended !== undefined && !isOpen) {
    const line = attribute(ended, 'end-of-candidates');
    report('no-relay', 'note', line?.number ?? null, {});
  }
}

const LOCAL: ReadonlySet<string> = new Set([
  ...['mdns', 'loopback', 'private', 'link-local', 'unique-local'],
]);
