// The States tab as a learner uses it: the drawing, what it tells when pressed, and forbidden calls tried.
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { setLocale } from '../../../src/i18n/locale.svelte.ts';
import type { Tried, TryCall } from '../../../src/views/tabs/states/tried.ts';
import StatesTab from '../../../src/views/tabs/StatesTab.svelte';
import { walked } from './walked.ts';

const REJECTED: Tried = {
  id: 'failed',
  how: 'rejected',
  error: { name: 'InvalidStateError', message: 'not in this state' },
};

/** The tab at a cursor; step 4 is lit. */
async function shown(ontry: TryCall | null, cursor = 6) {
  const trace = walked();
  const onpick = vi.fn<(n: number) => void>();
  const frame = trace.frameAt(cursor);
  const screen = await render(StatesTab, {
    ...{ trace, frame, before: trace.frameAt(5), onpick, ontry },
  });
  return { ...screen, onpick };
}

test('the present state is current, the way is numbered, and the step is lit', async () => {
  const { getByRole, container } = await shown(null);
  await expect
    .element(getByRole('img', { name: /^signalingState, Caller, .*have-local-offer/ }))
    .toBeVisible();
  await expect
    .element(getByRole('button', { name: 'have-local-offer, now' }))
    .toHaveAttribute('aria-current', 'true');
  await expect.element(getByRole('button', { name: 'stable, gone through' })).toBeVisible();
  const texts = (selector: string) =>
    [...container.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());
  expect(texts('.badge')).toEqual(['4', '2']);
  expect(texts('.state.present')).toEqual(['have-local-offer']);
  expect(texts('.state.lit')).toEqual(['have-local-offer']);
  expect(container.querySelectorAll('.edge.lit')).toHaveLength(1);
});

test('a state tells what it means, a way what causes it', async () => {
  const { getByRole, getByText } = await shown(null);
  await expect.element(getByText('An own offer is set and waits')).toBeVisible();
  const closed = getByRole('button', { name: 'closed', exact: true });
  await closed.click();
  await expect.element(closed).toHaveAttribute('aria-pressed', 'true');
  await expect.element(getByText('The connection is closed for good.')).toBeVisible();
  await closed.click();
  await expect.element(getByText('An own offer is set and waits')).toBeVisible();
  const way = getByRole('button', { name: /have-remote-pranswer setRemote \(pranswer\)/ });
  await expect.element(way).toHaveAttribute('aria-expanded', 'false');
  await way.click();
  await expect.element(way).toHaveAttribute('aria-expanded', 'true');
  await expect.element(getByText('with the other side’s provisional answer')).toBeVisible();
});

test('another machine and the other side are picked', async () => {
  const { getByRole, getByText } = await shown(null);
  await getByRole('button', { name: 'connection', exact: true }).click();
  await expect.element(getByRole('img', { name: /^connectionState, Caller/ })).toBeVisible();
  await expect.element(getByText('Try what is forbidden')).not.toBeInTheDocument();
  await getByRole('button', { name: 'Callee', exact: true }).click();
  await expect.element(getByRole('img', { name: /^connectionState, Callee/ })).toBeVisible();
  await expect.element(getByText('What can come next')).not.toBeInTheDocument();
});

test('the history leads to its events', async () => {
  const { getByRole, onpick } = await shown(null);
  const history = getByRole('region', { name: 'States, Caller' });
  await history.getByRole('button', { name: /^have-local-offer step 4/ }).click();
  expect(onpick).toHaveBeenCalledExactlyOnceWith(6);
});

test('a forbidden call is tried in the present state, and its real exception shown', async () => {
  const ontry = vi.fn<TryCall>(() => Promise.resolve(REJECTED));
  const { getByRole, getByText } = await shown(ontry);
  await getByRole('button', { name: 'Try it createAnswer()' }).click();
  expect(ontry).toHaveBeenCalledExactlyOnceWith('have-local-offer', 'createAnswer()');
  await expect.element(getByText('InvalidStateError: not in this state')).toBeVisible();
  await expect.element(getByText('An answer needs an offer')).toBeVisible();
  await expect.element(getByText('Tried on a scratch pair')).toBeVisible();
  await expect.element(getByRole('button', { name: 'Try again createAnswer()' })).toBeVisible();
});

test('a state that is pressed is the one that is tried', async () => {
  const ontry = vi.fn<TryCall>(() => Promise.resolve(REJECTED));
  const { getByRole } = await shown(ontry);
  await getByRole('button', { name: 'closed', exact: true }).click();
  await getByRole('button', { name: 'Try it addTrack()' }).click();
  expect(ontry).toHaveBeenCalledExactlyOnceWith('closed', 'addTrack()');
});

test.each<readonly [string, Tried, RegExp]>([
  [
    'worked',
    { id: 'worked', from: 'have-local-offer', to: 'stable' },
    /No exception: this browser took the call/,
  ],
  ['silent', { id: 'silent' }, /No answer within 5 seconds/],
  ['not reached', { id: 'not-reached', error: null }, /could not be brought to/],
  [
    'another exception',
    { id: 'failed', how: 'rejected', error: { name: 'OperationError', message: '' } },
    /found something else wrong first/,
  ],
  [
    'thrown at once',
    { id: 'failed', how: 'thrown', error: { name: 'InvalidStateError', message: '' } },
    /The call threw at once/,
  ],
])('what came of it is told truthfully: %s', async (_, tried, text) => {
  const { getByRole, getByText } = await shown(() => Promise.resolve(tried));
  await getByRole('button', { name: 'Try it setRemoteDescription(rollback)' }).click();
  await expect.element(getByText(text)).toBeVisible();
});

test('while it is tried it cannot be tried again; what cannot be loaded says so', async () => {
  let fail: (error: Error) => void = () => undefined;
  const ontry = vi.fn<TryCall>(
    () =>
      new Promise((_, reject) => {
        fail = reject;
      }),
  );
  const { getByRole, getByText } = await shown(ontry);
  await getByRole('button', { name: 'Try it createAnswer()' }).click();
  await expect.element(getByText('Trying …')).toBeVisible();
  const again = getByRole('button', { name: 'Try again createAnswer()' });
  await expect.element(again).toHaveAttribute('aria-disabled', 'true');
  // A click on what says that it is disabled, which the test's own would wait for.
  again.element().dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(ontry).toHaveBeenCalledOnce();
  fail(new Error('offline'));
  await expect.element(getByText('could not be loaded')).toBeVisible();
});

test('without WebRTC it says why nothing can be tried', async () => {
  const { getByRole, getByText } = await shown(null);
  await expect.element(getByText('this browser has no RTCPeerConnection')).toBeVisible();
  await expect.element(getByRole('button', { name: /^Try it/ })).not.toBeInTheDocument();
});

test('Korean', async () => {
  setLocale('ko');
  try {
    const { getByRole } = await shown(null);
    await expect.element(getByRole('button', { name: 'have-local-offer, 현재' })).toBeVisible();
  } finally {
    setLocale('en');
  }
});
