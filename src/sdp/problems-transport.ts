// Problems of ICE, DTLS and the sections as transports.
import { addressInfo } from '../rtc/address.ts';
import { parseCandidate, type CandidateFields } from '../ice/candidate.ts';
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
    report('no-media', 'suspicious', null, {});
  }
  for (const section of media) {
    const number = section.lines[0]?.number ?? null;
    if (isRejected(section)) report('rejected', 'note', number, {});
    else {
      if (carriesRtp(section) && !isEncrypted(section)) {
        report('not-encrypted', 'wrong', number, { proto: section.media?.proto ?? '' });
      }
      // A bundled section has the transport of the tagged one, and need not repeat its lines (RFC 9143 §7.1.3).
      if (transportOwner(document, section) === section) ofTransport(document, section, report);
    }
  }
  const candidates: Candidates = { first: null, readable: [] };
  for (const [at, line] of lines.entries()) {
    ofLine(line, type ?? null, candidates, report);
    yield* breathe(at);
  }
  for (const section of sections) lateCandidates(section, report);
  ofAll(candidates, media, report);
}

function ofTransport(document: SdpDocument, section: SdpSection, report: Report): void {
  if (!usesDtls(section)) return;
  const number = section.lines[0]?.number ?? null;
  const has = (name: string) => inherited(document, section, name) !== null;
  if (!has('fingerprint')) report('no-fingerprint', 'wrong', number, {});
  if (!has('setup')) report('no-setup', 'suspicious', number, {});
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
      if (['md2', 'md5', 'sha-1'].includes(hash.toLowerCase())) {
        report('fingerprint-weak', 'suspicious', number, {});
      }
      return;
    }
    case 'setup':
      // RFC 8842 §5.2 and §5.3.
      if (type === 'offer' && (value === 'active' || value === 'passive')) {
        report('setup-offer', 'suspicious', number, {});
      }
      if ((type === 'answer' || type === 'pranswer') && value === 'actpass') {
        report('setup-answer', 'wrong', number, {});
      }
      return;
    case 'candidate': {
      const candidate = parseCandidate(line.text);
      candidates.first ??= number;
      if (candidate === null) report('candidate-unreadable', 'wrong', number, {});
      else candidates.readable.push(candidate);
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
function ofAll(
  { first, readable }: Candidates,
  media: readonly SdpSection[],
  report: Report,
): void {
  if (first === null) {
    if (media.some((section) => !isRejected(section) && usesDtls(section))) {
      report('no-candidates', 'note', null, {});
    }
    return;
  }
  const isLocal = readable.every(
    ({ address, type }) => type === 'host' && LOCAL.has(addressInfo(address).kind),
  );
  if (readable.length > 0 && isLocal) report('local-candidates', 'note', first, {});
}

const LOCAL: ReadonlySet<string> = new Set([
  ...['mdns', 'loopback', 'private', 'link-local', 'unique-local'],
]);
