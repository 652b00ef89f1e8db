// Serves the built app to the tests on a port that is free, from the process that runs them, and so no longer than it.
import { serveApp } from '../../support/serve.ts';
import { ADDRESS } from '../playwright.config.ts';

export default async function serve(): Promise<() => Promise<void>> {
  const { address, stop } = await serveApp();
  process.env[ADDRESS] = address;
  return stop;
}
