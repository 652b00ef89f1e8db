// Starts the app in the page.
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './views/style/tokens.css';
import './views/style/base.css';
import { mount } from 'svelte';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
const speaker = /^#\/speaker\/([\w-]{1,64})$/.exec(location.hash)?.[1];
if (speaker === undefined) {
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
  const first = pageOf(location.hash) === 'call' ? await load() : null;
  mount(Pages, { target, props: { first, load } });
} else {
  const { default: Speaker } = await import('./app/Speaker.svelte');
  mount(Speaker, { target, props: { secret: speaker } });
}
