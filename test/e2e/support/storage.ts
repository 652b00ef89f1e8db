// Storage as it can be in a browser: denied, full, slow, or silent.
import type { Page } from '@playwright/test';

export const STORAGES = ['denied', 'full', 'slow', 'silent'] as const;
export type Storage = (typeof STORAGES)[number];

/** How long slow storage takes for each answer, in ms: longer than a learner takes from one button to the next. */
const SLOW = 400;

/** Gives a page such storage, before its first line runs. */
export async function withStorage(page: Page, storage: Storage): Promise<void> {
  await page.addInitScript(
    ([kind, slow]) => {
      const { prototype: factory } = IDBFactory;
      const open = Object.getOwnPropertyDescriptor(factory, 'open')?.value as IDBFactory['open'];
      const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put')
        ?.value as IDBObjectStore['put'];
      switch (kind) {
        case 'denied':
          factory.open = () => {
            throw new DOMException('made to fail', 'SecurityError');
          };
          for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
            globalThis.Storage.prototype[method] = () => {
              throw new DOMException('made to fail', 'SecurityError');
            };
          }
          break;
        case 'full':
          IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...args) {
            const request = put.apply(this, args);
            this.transaction.abort();
            return request;
          };
          globalThis.Storage.prototype.setItem = () => {
            throw new DOMException('made to fail', 'QuotaExceededError');
          };
          break;
        case 'slow':
          factory.open = function (this: IDBFactory, ...args) {
            const request = open.apply(this, args);
            // Its success is told late; whoever waits for it waits.
            const held: Event[] = [];
            request.addEventListener('success', (event) => {
              if (held.length > 0) return;
              held.push(event);
              event.stopImmediatePropagation();
              setTimeout(() => request.dispatchEvent(new Event('success')), slow);
            });
            return request;
          };
          break;
        case 'silent':
          // An object that nothing ever happens to.
          factory.open = () => new EventTarget() as IDBOpenDBRequest;
      }
    },
    [storage, SLOW] as const,
  );
}
