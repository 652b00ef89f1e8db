// What the virtual network of a record's file must look like: its parts, packets and rows, each within bounds.
import * as v from 'valibot';
import type { NetworkDescription } from '../net/description.ts';
import { DTLS_VERSIONS } from '../rtc/dtls.ts';
import type { NatRule } from '../rtc/nat.ts';
import type { Binding, DropRule } from '../net/event.ts';
import type { Endpoint, TcpFlag } from '../net/packet.ts';
import type { NetworkEvent, NetworkOptions } from './event.ts';

/** The longest payload, in bytes: the length field of UDP (RFC 768) has 16 bits. */
const MAX_PAYLOAD = 65_535;

/** The most segments, hosts or routers of a network, and attachments or prefixes of one of them. */
const MAX_PARTS = 256;

/** The longest name of a part, of an interface or of a lesson. */
const MAX_NAME = 64;

/** The longest text of an address or a prefix; those of IPv6 have 49 characters at the most. */
const MAX_ADDRESS = 64;

/** The most remotes that are taken of one row. */
const MAX_REMOTES = 4096;

const name = v.pipe(v.string(), v.maxLength(MAX_NAME));
const address = v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_ADDRESS));
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const protocol = v.picklist(['udp', 'tcp']);
const ms = v.pipe(v.number(), v.finite(), v.minValue(0));
const part = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** Holds the words of a picklist to be all of a union that another room gives as a type alone. */
const words = <T extends string>(all: Readonly<Record<T, null>>) => {
  const list: readonly string[] = Object.keys(all);
  return v.custom<T>((value) => typeof value === 'string' && list.includes(value));
};

const flag = words<TcpFlag>({
  syn: null,
  'syn-ack': null,
  ack: null,
  data: null,
  fin: null,
  rst: null,
});
const rule = words<DropRule>({
  lost: null,
  'no-mapping': null,
  filtered: null,
  'no-hairpinning': null,
  'firewall-udp': null,
  'firewall-tcp': null,
  'firewall-inbound': null,
  'no-route': null,
  'no-socket': null,
  'hop-limit': null,
  'no-port': null,
});
const natRule = words<NatRule>({
  'endpoint-independent': null,
  'address-dependent': null,
  'address-and-port-dependent': null,
});

const few = <T>(each: v.GenericSchema<unknown, T>) => v.pipe(v.array(each), v.maxLength(MAX_PARTS));

const endpoint: v.GenericSchema<unknown, Endpoint> = v.object({ address, port });

/** The id of a part of a network. */
export const partId = v.pipe(name, v.nonEmpty());

/** A row of a NAT's table. */
export const binding: v.GenericSchema<unknown, Binding> = v.object({
  id: number,
  protocol,
  inside: endpoint,
  outside: endpoint,
  mappedFor: v.nullable(v.object({ address, port: v.nullable(port) })),
  sentTo: v.pipe(v.array(endpoint), v.maxLength(MAX_REMOTES)),
  since: ms,
  until: ms,
});

/** Of a packet's event: what other kinds do not have. */
export const packetFields = {
  at: v.picklist(['sent', 'forwarded', 'delivered', 'dropped']),
  id: number,
  where: partId,
  protocol,
  source: endpoint,
  destination: endpoint,
  flag: v.nullable(flag),
  size: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_PAYLOAD)),
  bytes: v.exactOptional(v.pipe(v.string(), v.maxLength(2 * MAX_PAYLOAD), v.regex(/^[0-9a-f]*$/))),
  rule: v.exactOptional(rule),
  translation: v.exactOptional(
    v.object({ binding, created: v.boolean(), direction: v.picklist(['out', 'in', 'hairpin']) }),
  ),
};

const attachment = v.object({ name, segment: partId, address, gateway: v.nullable(address) });

/** The parts of all kinds share one space of ids. */
const isEachPartNamedOnce = v.rawCheck<NetworkDescription>(({ dataset, addIssue }) => {
  if (!dataset.typed) return;
  const { segments, hosts, routers } = dataset.value;
  const known = new Set<string>();
  for (const [kind, list] of Object.entries({ segments, hosts, routers })) {
    for (const [at, part] of list.entries()) {
      if (known.has(part.id)) {
        const where = { type: 'object', origin: 'value' } as const;
        addIssue({
          message: `The id ${part.id} is given twice.`,
          path: [
            { ...where, input: { ...dataset.value }, key: kind, value: list },
            { type: 'array', origin: 'value', input: [...list], key: at, value: part },
            { ...where, input: { ...part }, key: 'id', value: part.id },
          ],
        });
        return;
      }
      known.add(part.id);
    }
  }
});

const parts: v.GenericSchema<unknown, NetworkDescription> = v.object({
  segments: few(
    v.object({
      id: partId,
      prefixes: few(address),
      delay: ms,
      jitter: ms,
      loss: part,
      duplication: part,
    }),
  ),
  hosts: few(
    v.object({
      id: partId,
      role: v.picklist(['caller', 'callee', 'stun', 'turn', 'other']),
      interfaces: few(attachment),
    }),
  ),
  routers: few(
    v.object({
      id: partId,
      inside: few(attachment),
      outside: attachment,
      nat: v.nullable(
        v.object({
          mapping: natRule,
          filtering: natRule,
          portPreservation: v.boolean(),
          hairpinning: v.boolean(),
          lifetime: ms,
        }),
      ),
      firewall: v.object({
        udp: v.picklist(['allowed', 'blocked']),
        tcp: v.picklist(['allowed', 'only-443', 'blocked']),
        inbound: v.picklist(['open', 'closed']),
      }),
    }),
  ),
});

/**
 * That addresses and prefixes fit together is not looked at: nothing is run in the network of a file, it is only
 * shown. For that each part must be told from the others.
 */
export const networkDescription: v.GenericSchema<unknown, NetworkDescription> = v.pipe(
  parts,
  isEachPartNamedOnce,
);

/** What a lesson can do to a network. */
export const networkChange = words<NetworkEvent['change']>({
  'interface-down': null,
  'interface-up': null,
  reboot: null,
  router: null,
  segment: null,
});

/** The options of a virtual run. */
export const networkOptions: v.GenericSchema<unknown, NetworkOptions> = v.object({
  lesson: name,
  seed: v.pipe(v.number(), v.safeInteger()),
  profile: v.picklist(['rfc8445', 'chromium']),
  dtls: v.exactOptional(v.picklist(DTLS_VERSIONS)),
  permission: v.exactOptional(v.boolean()),
  description: networkDescription,
});
