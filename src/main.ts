// Starts the app in the page. Small, since nothing is seen before it: the pages and what they share come after.
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './views/style/tokens.css';
import './views/style/base.css';
import { hasPicture, lookAtOnce } from './app/first-look.ts';
import { pageOf } from './app/links/page.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

/** Makes the call's page. */
async function makeCall() {
  const { App, Screen } = await import('./app/call-page.ts');
  const screen = new Screen();
  // Where no picture stands for them, the stage and the ladder are there when the page is. Where they do not come, it says so.
  const scene = hasPicture() ? null : screen.parts.scene().catch(() => null);
  await Promise.all([screen.start(), scene]);
  return { App, screen };
}

/** Puts a page in the place of what index.html has. */
async function start(app: HTMLElement): Promise<void> {
  const speaker = /^#\/speaker\/([\w-]{1,64})$/.exec(location.hash)?.[1];
  if (speaker !== undefined) {
    const { default: Speaker, mount } = await import('./app/speaker-page.ts');
    app.replaceChildren();
    mount(Speaker, { target: app, props: { secret: speaker } });
    return;
  }
  // Once: two links that come while it loads must not make two of it, each with a call of its own.
  let made: ReturnType<typeof makeCall> | null = null;
  const load = () =>
    (made ??= makeCall().catch((error: unknown) => {
      made = null;
      throw error;
    }));
  const isCall = pageOf(location.hash) === 'call';
  // It is fetched together with what all pages need.
  if (isCall) import('./app/call-page.ts').catch(() => undefined);
  const { default: Pages, mount, startLook } = await import('./app/pages.ts');
  startLook();
  // Where it can't be loaded, the page says so, and tries again when it is asked to.
  const first = isCall ? await load().catch(() => null) : null;
  app.replaceChildren();
  mount(Pages, { target: app, props: { first, load } });
}

/**
 * Waits for the stylesheets of index.html that are not there yet: WebKit may run a module before them. One that
 * fails is asked for once more, and then taken away: else it would count as loaded when the page that needs it is.
 */
function stylesheetsCome(): Promise<unknown> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  const waiting = links.filter(({ sheet }) => sheet === null);
  return Promise.all(
    waiting.map(
      (link) =>
        new Promise<void>((resolve) => {
          // Whether the first has failed can't be seen. A copy says so, and does not load twice what is on its way.
          const again = document.createElement('link');
          again.rel = 'stylesheet';
          again.crossOrigin = link.crossOrigin;
          again.addEventListener('load', () => {
            resolve();
          });
          again.addEventListener('error', () => {
            again.remove();
            resolve();
          });
          again.href = link.href;
          link.replaceWith(again);
        }),
    ),
  );
}

lookAtOnce();
stylesheetsCome()
  .then(() => start(target))
  .catch((error: unknown) => {
    target.querySelector('.boot')?.classList.add('failed');
    console.error(error);
  });
