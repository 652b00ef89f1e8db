// What was agreed, in words: whole in both languages, for real pairs of texts and for any.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { overwriteGetLocale } from '../../../src/i18n/paraglide/runtime.js';
import { codecTexts, extensionText } from '../../../src/lessons/agreed/codec.ts';
import {
  dataTexts,
  outcomeText,
  problemText,
  sectionTexts,
} from '../../../src/lessons/agreed/section.ts';
import {
  bundleTexts,
  controlText,
  muxText,
  setupTexts,
  transportTexts,
} from '../../../src/lessons/agreed/transport.ts';
import { agreeSetup } from '../../../src/sdp/negotiation-transport.ts';
import { negotiate, type Negotiation } from '../../../src/sdp/negotiation.ts';
import { parseSdp } from '../../../src/sdp/parse.ts';
import { expectWhole, inLocale, LOCALES } from './whole.ts';

afterAll(() => {
  overwriteGetLocale(() => 'en');
});

const folder = new URL('../../fixtures/sdp/', import.meta.url);
const offers = readdirSync(folder).filter((name) =>
  /^(chromium|firefox)-.*-offer\.sdp$/.test(name),
);
const parse = (name: string) => parseSdp(readFileSync(new URL(name, folder), 'utf8'));

function allTexts(negotiation: Negotiation): readonly string[] {
  const { sections, bundle, transports, control } = negotiation;
  return [
    ...bundleTexts(bundle, transports),
    controlText(control),
    ...transports.flatMap(transportTexts),
    ...sections.flatMap(sectionTexts),
    ...sections.flatMap((section) => section.codecs.outcomes.flatMap(codecTexts)),
    ...sections.flatMap((section) => section.extensions.outcomes.map(extensionText)),
  ];
}

test.each(LOCALES)('all that browsers agree on has its sentences in %s', (locale) => {
  inLocale(locale, () => {
    for (const offer of offers) {
      const answer = offer.replace('-offer.sdp', '-answer.sdp');
      // Also offers that other answers were made for: that is where the problems are.
      for (const other of [
        answer,
        'chromium-data-answer.sdp',
        'firefox-both-and-data-answer.sdp',
      ]) {
        for (const text of allTexts(negotiate(parse(offer), parse(other)))) {
          expectWhole(text, locale);
        }
      }
    }
  });
});

test.each(LOCALES)('what no browser does has its sentence, too, in %s', (locale) => {
  inLocale(locale, () => {
    const texts = [
      ...(
        ['accepted', 'rejected', 'withdrawn', 'unanswered', 'unoffered', 'mismatched'] as const
      ).map(outcomeText),
      ...(
        [
          'agreed',
          'agreed-as-required',
          'refused',
          'refused-though-required',
          'not-offered',
        ] as const
      ).map(muxText),
      ...(['both-full', 'offerer-lite', 'answerer-lite', 'both-lite'] as const).map((reason) =>
        controlText({ controlling: 'offerer', reason }),
      ),
      ...(['not-offered', 'refused', 'partly', 'agreed'] as const).flatMap((id) =>
        bundleTexts({ id, offered: [], answered: [] }, []),
      ),
      ...[null, 'active', 'passive', 'actpass', 'holdconn'].flatMap((offered) =>
        [null, 'active', 'passive', 'actpass', 'odd'].flatMap((answered) =>
          setupTexts(agreeSetup(offered, answered)),
        ),
      ),
      ...dataTexts({ port: 5000, maxMessageSize: 0 }, { port: 5000, maxMessageSize: 65536 }),
      ...dataTexts({ port: null, maxMessageSize: 1 }, { port: 5000, maxMessageSize: 0 }),
      problemText({ id: 'mid-differs', offered: null, answered: 'a' }),
      problemText({ id: 'direction-not-allowed' }),
      problemText({ id: 'no-common-codec' }),
      problemText({ id: 'codec-added', payloadTypes: ['1', '2'] }),
      problemText({ id: 'extension-added', uris: ['urn:x'] }),
      problemText({ id: 'kind-differs', offered: 'audio', answered: 'video' }),
      problemText({ id: 'proto-differs', offered: 'a', answered: 'b' }),
    ];
    for (const text of texts) expectWhole(text, locale);
  });
});

test('the sentences say what was agreed', () => {
  inLocale('en', () => {
    const texts = allTexts(
      negotiate(
        parse('chromium-both-and-data-offer.sdp'),
        parse('chromium-both-and-data-answer.sdp'),
      ),
    ).join('\n');
    expect(texts).toContain('One transport remains.');
    expect(texts).toContain('So the answerer is the DTLS client');
    expect(texts).toContain('Sections 1, 2, 3 share this transport.');
    expect(texts).toContain('`opus/48000` is kept: payload type 111 on both sides.');
    expect(texts).toContain('Media goes both ways.');
    expect(texts).toContain('262,144 bytes');
  });
});

test('who does not send is not said to send', () => {
  inLocale('en', () => {
    const media = (direction: string) =>
      parseSdp(['m=audio 9 RTP/AVP 0', `a=${direction}`, 'a=rtcp-mux', ''].join('\n'));
    const said = (offer: string, answer: string) =>
      allTexts(negotiate(media(offer), media(answer))).join('\n');
    expect(said('sendonly', 'recvonly')).toContain('The offerer sends `PCMU/8000` first: ');
    expect(said('recvonly', 'sendonly')).toContain('The answerer sends `PCMU/8000` first: ');
    expect(said('sendrecv', 'inactive')).not.toContain('sends `PCMU');
  });
});

test('any two texts have sentences with their marks in pairs', () => {
  const line = fc.oneof(
    fc.constantFrom('m=audio 9 RTP/AVP 0 `*1', 'a=mid:`', 'a=setup:**', 'a=group:BUNDLE ` a'),
    fc.constantFrom(
      'a=ice-ufrag:`',
      'a=ice-pwd:*',
      'a=extmap:1 `**',
      'a=rtpmap:0 `x/8',
      'a=sendonly',
    ),
    fc.string(),
  );
  const text = fc.array(line, { maxLength: 20 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, text, (offer, answer) => {
      for (const said of allTexts(negotiate(parseSdp(offer), parseSdp(answer)))) {
        expect(said.split('`').length % 2).toBe(1);
        expect(said.split('**').length % 2).toBe(1);
      }
    }),
  );
});
