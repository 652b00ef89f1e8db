// What may become another in a running network.
import type {
  Attachment,
  Firewall,
  NatBehaviour,
  NetworkDescription,
  SegmentDescription,
} from './description.ts';

/** One change. What it doesn't name stays. */
export type NetworkChange =
  /** All of a host's attachments by this name are gone, and the sockets at their addresses with them. */
  | { readonly type: 'interface-down'; readonly host: string; readonly name: string }
  /** A host is attached to a segment. */
  | { readonly type: 'interface-up'; readonly host: string; readonly attachment: Attachment }
  /** A router starts anew: its NAT and its firewall have forgotten everything. */
  | { readonly type: 'reboot'; readonly router: string }
  | {
      readonly type: 'router';
      readonly router: string;
      readonly nat?: NatBehaviour | null;
      readonly firewall?: Firewall;
    }
  | {
      readonly type: 'segment';
      readonly segment: string;
      readonly delay?: SegmentDescription['delay'];
      readonly jitter?: SegmentDescription['jitter'];
      readonly loss?: SegmentDescription['loss'];
      readonly duplication?: SegmentDescription['duplication'];
    };

/** The description after the change. It may be one that `checkNetwork` refuses. */
export function changedDescription(
  description: NetworkDescription,
  change: NetworkChange,
): NetworkDescription {
  switch (change.type) {
    case 'interface-down':
      return withPart(description, 'hosts', change.host, (host) => ({
        ...host,
        interfaces: host.interfaces.filter(({ name }) => name !== change.name),
      }));
    case 'interface-up':
      return withPart(description, 'hosts', change.host, (host) => ({
        ...host,
        interfaces: [...host.interfaces, change.attachment],
      }));
    case 'reboot':
      return description;
    case 'router': {
      const { type: _, router: id, ...properties } = change;
      return withPart(description, 'routers', id, (router) => ({ ...router, ...properties }));
    }
    case 'segment': {
      const { type: _, segment: id, ...properties } = change;
      return withPart(description, 'segments', id, (segment) => ({ ...segment, ...properties }));
    }
  }
}

function withPart<Kind extends keyof NetworkDescription>(
  description: NetworkDescription,
  kind: Kind,
  id: string,
  map: (part: NetworkDescription[Kind][number]) => NetworkDescription[Kind][number],
): NetworkDescription {
  const parts: readonly NetworkDescription[Kind][number][] = description[kind];
  return { ...description, [kind]: parts.map((part) => (part.id === id ? map(part) : part)) };
}
