// Multicast DNS in a virtual world: names that stand for hosts' addresses, and who on which link hears of them.
import type { HiddenAddresses } from '../../ice/agent-port.ts';
import type { NetworkDescription } from '../../net/description.ts';
import type { Random } from '../../net/random.ts';
import { uuid } from './media.ts';

/** The names of all hosts of a world. */
export class HiddenNames {
  readonly #network: () => NetworkDescription;
  readonly #addresses = new Map<string, string>();

  /** @param network as it is now */
  constructor(network: () => NetworkDescription) {
    this.#network = network;
  }

  /** What a host hears and says. An address keeps its name. @param random where its names come from */
  of(host: string, random: Random): HiddenAddresses {
    const own = new Map<string, string>();
    return {
      announce: (address) => {
        const name = own.get(address) ?? `${uuid(random)}.local`;
        own.set(address, name);
        this.#addresses.set(name, address);
        return name;
      },
      lookUp: (name) => {
        const address = this.#addresses.get(name);
        if (address === undefined) return null;
        const { hosts } = this.#network();
        const link = hosts
          .flatMap(({ interfaces }) => interfaces)
          .find((each) => each.address === address);
        const isHeard = hosts
          .find(({ id }) => id === host)
          ?.interfaces.some(({ segment }) => segment === link?.segment);
        return isHeard === true ? address : null;
      },
    };
  }
}
