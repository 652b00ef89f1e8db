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
  /** What opens the walk's own menu. */
  readonly tools: string;
  /** What opens the menu of a phone. */
  readonly menu: string;
  readonly caller: string;
  readonly callee: string;
  readonly working: RegExp;
  /** What Next is called at the end of an act. */
  readonly whatNext: string;
  /** What chooses an act by its name. */
  readonly actBy: (act: string, by: 'caller' | 'callee') => string;
  /** What tabs are called that have another name than in English. */
  readonly tabs: Readonly<Record<string, string>>;
  readonly heading: (step: number, of: number) => RegExp;
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
    tools: 'This call',
    menu: 'Menu',
    caller: 'Caller',
    callee: 'Callee',
    working: /at work on this step/,
    whatNext: 'What next?',
    actBy: (act, by) => `${act}, by the ${by}`,
    tabs: {},
    heading: (step, of) => new RegExp(`^Step ${String(step)} of ${String(of)}: \\S`),
  },
  ko: {
    next: '다음 단계',
    previous: '이전 단계',
    first: '첫 단계',
    last: '마지막 단계',
    play: '재생',
    pause: '일시정지',
    timeline: '타임라인',
    tools: '이 통화',
    menu: '메뉴',
    caller: '발신자',
    callee: '수신자',
    working: /브라우저가 .*작업|처리하고 있습니다/,
    whatNext: '이제 무엇을 할까요?',
    actBy: (act, by) => `${act}: ${by === 'caller' ? '발신자' : '수신자'}`,
    tabs: { Network: '네트워크', States: '상태', Code: '코드', Log: '로그', Transport: '전송' },
    heading: (step, of) => new RegExp(`^${String(of)}단계 중 ${String(step)}단계: ?\\S`),
  },
};
