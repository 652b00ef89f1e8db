// Faults, put into a page before its first line runs: in the browser's own objects, never in the program.
import type { Page } from '@playwright/test';

type Fault =
  | { readonly kind: 'lose'; readonly type: 'offer' | 'answer'; readonly times: number }
  /** No two codecs have the same name any more. */
  | { readonly kind: 'rename-codecs' }
  /** Every candidate names a port at which nobody listens. */
  | { readonly kind: 'dead-ports' };

/** Changes or loses what is posted on any BroadcastChannel of the page. */
export async function faultySignaling(page: Page, fault: Fault): Promise<void> {
  await page.addInitScript((wanted) => {
    interface Message {
      readonly type: string;
      readonly body: { sdp?: string; candidate?: string } | null;
    }
    const find = (value: unknown): Message | null => {
      if (typeof value !== 'object' || value === null) return null;
      const all = value as Readonly<Record<string, unknown>>;
      if (all['peerglass'] === 'signal') return all['message'] as Message;
      return Object.values(all).reduce<Message | null>(
        (found, inner) => found ?? find(inner),
        null,
      );
    };
    // Not below 1024: browsers refuse to call there.
    const dead = (text: string) =>
      text.replace(/(candidate:\S+ \d+ (?:udp|tcp) \d+ \S+) \d+/gi, '$1 1099');
    // The payload types below 35 have fixed names (RFC 3551 §6): they are left out, the others renamed.
    const isFixed = (type: string) => Number(type) < 35;
    const strange = (sdp: string) =>
      sdp
        .replace(/^a=(?:rtpmap|fmtp|rtcp-fb):(\d+) .*\r\n/gm, (line, type: string) =>
          isFixed(type) ? '' : line,
        )
        .replace(/^(m=(?:audio|video) \d+ \S+) (.*)$/gm, (_, start: string, types: string) =>
          [start, ...types.split(' ').filter((type) => !isFixed(type))].join(' '),
        )
        .replace(/^(a=rtpmap:\d+ )/gm, '$1x-');
    let left = wanted.kind === 'lose' ? wanted.times : 0;
    const { prototype } = BroadcastChannel;
    const post = Object.getOwnPropertyDescriptor(prototype, 'postMessage')?.value as (
      this: BroadcastChannel,
      data: unknown,
    ) => void;
    prototype.postMessage = function (data: unknown) {
      const copy: unknown = structuredClone(data);
      const message = find(copy);
      if (message !== null) {
        const { type, body } = message;
        if (wanted.kind === 'lose' && type === wanted.type && left > 0) {
          left -= 1;
          return;
        }
        if (wanted.kind === 'rename-codecs' && type === 'offer' && body?.sdp !== undefined) {
          body.sdp = strange(body.sdp);
        }
        if (wanted.kind === 'dead-ports' && body !== null) {
          if (body.sdp !== undefined) body.sdp = dead(body.sdp);
          if (body.candidate !== undefined) body.candidate = dead(body.candidate);
        }
      }
      post.call(this, copy);
    };
  }, fault);
}

/** The camera fails with an exception of that name until the page is told that it is repaired. */
export async function faultyCamera(page: Page, name: string, message: string): Promise<void> {
  await faultyCapture(page, 'getUserMedia', name, message);
}

/** The same for the screen. */
export async function faultyScreen(page: Page, name: string, message: string): Promise<void> {
  await faultyCapture(page, 'getDisplayMedia', name, message);
}

async function faultyCapture(
  page: Page,
  method: 'getUserMedia' | 'getDisplayMedia',
  name: string,
  message: string,
): Promise<void> {
  await page.addInitScript(
    ([which, exception, text]) => {
      const { prototype } = MediaDevices;
      const real = Object.getOwnPropertyDescriptor(prototype, which)?.value as (
        this: MediaDevices,
        ...args: unknown[]
      ) => Promise<MediaStream>;
      prototype[which] = function (...args: unknown[]) {
        return document.documentElement.hasAttribute('data-repaired')
          ? real.apply(this, args)
          : Promise.reject(new DOMException(text, exception));
      };
    },
    [method, name, message] as const,
  );
}

/** Repairs the camera of `faultyCamera`, and the screen of `faultyScreen`. */
export async function repairCapture(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.setAttribute('data-repaired', '');
  });
}

/** The caller's offer is taken back behind its back, just before the answer is applied: the browser throws. */
export async function rolledBack(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { prototype } = RTCPeerConnection;
    const real = Object.getOwnPropertyDescriptor(prototype, 'setRemoteDescription')?.value as (
      this: RTCPeerConnection,
      description: RTCSessionDescriptionInit,
    ) => Promise<void>;
    Object.assign(prototype, {
      async setRemoteDescription(this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
        if (description.type === 'answer') await this.setLocalDescription({ type: 'rollback' });
        await real.call(this, description);
      },
    });
  });
}

/** A browser without WebRTC. */
export async function withoutWebRtc(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
    Reflect.deleteProperty(globalThis, 'webkitRTCPeerConnection');
  });
}

/** Says that the page is hidden, or seen again. */
export async function setVisible(page: Page, seen: boolean): Promise<void> {
  await page.evaluate((visible) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (visible ? 'visible' : 'hidden'),
    });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => !visible });
    document.dispatchEvent(new Event('visibilitychange'));
  }, seen);
}
