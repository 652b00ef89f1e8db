// Finds the browsers that the tests need, and installs them where it may.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { isMain, rootPath, run, tool } from './run.js';

/** True where a browser refuses its own sandbox: root on Linux. */
export const isRoot = process.getuid?.() === 0;

const programFiles = [
  process.env['PROGRAMFILES'],
  process.env['PROGRAMFILES(X86)'],
  process.env['LOCALAPPDATA'],
].filter((folder) => folder !== undefined);

const chromium = {
  variable: 'CHROMIUM_PATH',
  names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  paths: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programFiles.map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
    ...programFiles.map((folder) => join(folder, 'Chromium', 'Application', 'chrome.exe')),
  ],
};

const firefox = {
  variable: 'FIREFOX_PATH',
  names: ['firefox-esr', 'firefox'],
  paths: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    ...programFiles.map((folder) => join(folder, 'Mozilla Firefox', 'firefox.exe')),
  ],
};

/** WebKitGTK's own small browser. Its folder has the name of the version of GTK, and lies below another for each kind of processor. */
const webkit = {
  variable: 'WEBKIT_PATH',
  names: [],
  paths: ['/usr/lib', '/usr/lib64', '/usr/libexec']
    .flatMap((folder) => [folder, ...subfolders(folder).map((name) => join(folder, name))])
    .flatMap((folder) =>
      ['webkitgtk-6.0', 'webkit2gtk-4.1'].map((name) => join(folder, name, 'MiniBrowser')),
    ),
};

const webkitDriver = { variable: 'WEBKIT_DRIVER_PATH', names: ['WebKitWebDriver'], paths: [] };

/** A screen that nobody sees: WebKitGTK needs one. */
const screen = { variable: 'XVFB_PATH', names: ['Xvfb'], paths: [] };

/** @param {string} folder */
function subfolders(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('-linux-gnu'));
}

/**
 * The browser that the environment names, else one on the PATH, else one at a usual place.
 * @param {{ variable: string, names: string[], paths: string[] }} browser
 * @returns {string | undefined}
 */
function find({ variable, names, paths }) {
  const named = process.env[variable];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`${variable} is ${named}, and there is no such file`);
  }
  const folders = process.platform === 'win32' ? [] : (process.env['PATH'] ?? '').split(delimiter);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...paths].find(
    (path) => existsSync(path),
  );
}

/** The Chromium in Playwright's own cache, whichever version of it is there. */
function cachedChromium() {
  const cache =
    process.env['PLAYWRIGHT_BROWSERS_PATH'] ??
    {
      darwin: join(homedir(), 'Library', 'Caches', 'ms-playwright'),
      win32: join(process.env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright'),
    }[/** @type {string} */ (process.platform)] ??
    join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(cache)) return undefined;
  const programs = [
    ['chrome-linux64', 'chrome'],
    ['chrome-linux', 'chrome'],
    ['chrome-win64', 'chrome.exe'],
    ['chrome-win', 'chrome.exe'],
    ...['chrome-mac-arm64', 'chrome-mac-x64', 'chrome-mac'].flatMap((folder) => [
      [folder, 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing'],
      [folder, 'Chromium.app/Contents/MacOS/Chromium'],
    ]),
  ];
  return readdirSync(cache)
    .filter((folder) => /^chromium-\d+$/.test(folder))
    .sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)))
    .flatMap((folder) => programs.map((program) => join(cache, folder, ...program)))
    .find((path) => existsSync(path));
}

/** Where Chromium is, or undefined. */
export function chromiumPath() {
  return find(chromium) ?? cachedChromium();
}

/** Where Firefox is, or undefined. */
export function firefoxPath() {
  return find(firefox);
}

/**
 * Where WebKit is, with its driver and the screen it is drawn on, or undefined.
 * @returns {{ browser: string, driver: string, screen: string } | undefined}
 */
export function webkitPaths() {
  const paths = { browser: find(webkit), driver: find(webkitDriver), screen: find(screen) };
  const { browser, driver, screen: xvfb } = paths;
  if (browser === undefined || driver === undefined || xvfb === undefined) return undefined;
  return { browser, driver, screen: xvfb };
}

/**
 * Features that tests do without: the popups of the address bar are a page of their own in every context. The rest is
 * Playwright's own list, because of two lists only the last one counts.
 */
const WITHOUT = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'AimEnabled', 'LensOverlay', 'MediaRouter'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'PaintHolding'],
  ...['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'ThirdPartyStoragePartitioning'],
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints', 'PreconnectToSearch'],
  ...['NetworkTimeServiceQuerying', 'TcpPortRandomizationWin'],
];

/** The arguments every test starts Chromium with: a camera that needs nobody, and no calls home. */
export function chromiumArgs() {
  return [
    ...(isRoot ? ['--no-sandbox'] : []),
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
    `--disable-features=${WITHOUT.join(',')}`,
  ];
}

const isDebianRoot = isRoot && existsSync('/usr/bin/apt-get');

/** @param {string[]} names of Debian packages */
async function aptInstall(...names) {
  console.log(`Installing ${names.join(' and ')} with apt-get.`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await run('apt-get', ['update', '-q'], quiet)) !== 0) return;
  await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...names], quiet);
}

/**
 * The command that gets a browser on this system.
 * @param {'chromium' | 'firefox' | 'webkit'} name
 */
export function howToGet(name) {
  if (name === 'webkit') return howToGetWebKit();
  const debian = name === 'firefox' ? 'firefox-esr' : name;
  if (existsSync('/usr/bin/apt-get')) return `sudo apt-get install ${debian}`;
  if (process.platform === 'darwin') {
    return `brew install --cask ${name === 'firefox' ? 'firefox' : 'google-chrome'}`;
  }
  if (process.platform === 'win32') {
    return `winget install ${name === 'firefox' ? 'Mozilla.Firefox' : 'Google.Chrome'}`;
  }
  return name === 'firefox'
    ? 'your package manager, or FIREFOX_PATH=/path/to/firefox'
    : 'npx playwright install chromium, or CHROMIUM_PATH=/path/to/chromium';
}

/** The same for WebKit, whose port that WebDriver can drive is made for Linux. */
function howToGetWebKit() {
  if (process.platform === 'linux') {
    return existsSync('/usr/bin/apt-get')
      ? `sudo apt-get install ${WEBKIT_PACKAGES.join(' ')}`
      : 'WebKitWebDriver, MiniBrowser (WebKitGTK) and Xvfb from your package manager';
  }
  return `docker run --rm -v "${rootPath}:/app" -w /app node:20 .ci/run`;
}

/**
 * Chromium's path, after trying to install it where it is missing.
 * Throws an error that names the command where that fails too.
 */
export async function ensureChromium() {
  let path = chromiumPath();
  if (path !== undefined) return path;
  console.log('No Chromium found. Trying to download one with Playwright.');
  await tool('@playwright/test/cli.js', ['install', 'chromium']);
  path = chromiumPath();
  if (path === undefined && isDebianRoot) {
    await aptInstall('chromium');
    path = chromiumPath();
  }
  if (path !== undefined) return path;
  throw new Error(`The tests need Chromium. To get it: ${howToGet('chromium')}`);
}

/**
 * Firefox's path, or undefined: Firefox is wanted, not needed.
 * Installed unasked only for root on Debian, which is a container or CI.
 */
export async function ensureFirefox() {
  const path = firefoxPath();
  if (path !== undefined || !isDebianRoot) return path;
  await aptInstall('firefox-esr');
  return firefoxPath();
}

const WEBKIT_PACKAGES = ['webkit2gtk-driver', 'xvfb'];

/** WebKit's paths, or undefined: wanted and installed as Firefox is. */
export async function ensureWebKit() {
  const paths = webkitPaths();
  if (paths !== undefined || !isDebianRoot) return paths;
  await aptInstall(...WEBKIT_PACKAGES);
  return webkitPaths();
}

if (isMain(import.meta.url)) {
  try {
    console.log(`chromium ${await ensureChromium()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
  const fox = await ensureFirefox();
  console.log(fox ? `firefox ${fox}` : `firefox none. To get it: ${howToGet('firefox')}`);
  const kit = await ensureWebKit();
  console.log(kit ? `webkit ${kit.browser}` : `webkit none. To get it: ${howToGet('webkit')}`);
}
