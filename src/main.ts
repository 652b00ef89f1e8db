// Starts the app in the page.
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './views/style/tokens.css';
import './views/style/base.css';
import { mount } from 'svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');

/** Puts a page in the place of the text that index.html has for when none comes. */
async function start(app: HTMLElement): Promise<void> {
  const speaker = /^#\/speaker\/([\w-]{1,64})$/.exec(location.hash)?.[1];
  if (speaker !== undefined) {
    const { default: Speaker } = await import('./app/Speaker.svelte');
    app.replaceChildren();
    mount(Speaker, { target: app, props: { secret: speaker } });
    return;
  }
  const [{ default: Pages }, { langOf, pageOf }, { startLook }] = await Promise.all([
    import('./app/Pages.svelte'),
    import('./app/link.ts'),
    import('./app/look.svelte.ts'),
  ]);
  const make = async () => {
    const [{ default: App }, { Screen }] = await Promise.all([
      import('./app/App.svelte'),
      import('./app/screen.svelte.ts'),
    ]);
    const screen = new Screen();
    await screen.start();
    return { App, screen };
  };
  // Once: two links that come while it loads must not make two of it, each with a call of its own.
  let made: ReturnType<typeof make> | null = null;
  const load = () =>
    (made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    }));
  startLook(langOf(location.hash));
  // Where it can't be loaded, the page says so, and tries again when it is asked to.
  const first = pageOf(location.hash) === 'call' ? await load().catch(() => null) : null;
  app.replaceChildren();
  mount(Pages, { target: app, props: { first, load } });
}

start(target).catch((error: unknown) => {
  target.querySelector('.boot')?.classList.add('failed');
  console.error(error);
});
