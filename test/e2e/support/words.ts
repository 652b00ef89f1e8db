// The names on the screen that the tests find things by, in both languages.

export type Locale = 'en' | 'ko';

interface Words {
  readonly next: string;
  readonly previous: string;
  readonly first: string;
  readonly last: string;
  readonly play: string;
  readonly pause: string;
  readonly timeline: string;
  readonly caller: string;
  readonly callee: string;
  readonly working: RegExp;
  readonly heading: (step: number) => RegExp;
}

export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    next: 'Next step',
    previous: 'Previous step',
    first: 'First step',
    last: 'Last step',
    play: 'Play',
    pause: 'Pause',
    timeline: 'Timeline',
    caller: 'Caller',
    callee: 'Callee',
    working: /at work on this step/,
    heading: (step) => new RegExp(`^Step ${String(step)} of 14: \\S`),
  },
  ko: {
    next: '다음 단계',
    previous: '이전 단계',
    first: '첫 단계',
    last: '마지막 단계',
    play: '재생',
    pause: '일시정지',
    timeline: '타임라인',
    caller: '발신자',
    callee: '수신자',
    working: /브라우저가 .*작업|처리하고 있습니다/,
    heading: (step) => new RegExp(`^14단계 중 ${String(step)}단계: ?\\S`),
  },
};
