// What the requests of a TURN client are for, and what stands in them (RFC 8656 §7.1, §8.1, §10.1, §12.1).
import type { Endpoint } from '../net/packet.ts';
import { METHOD } from './message.ts';
import type { Attribute } from './message.ts';
import { PROTOCOL_UDP } from './relay-requests.ts';

/** A channel, asked for or bound. */
export interface Channel {
  readonly number: number;
  readonly peer: Endpoint;
  bound: boolean;
  /** When it is to be bound again; Infinity while a request is under way. */
  refreshAt: number;
}

/** What a request is for, and how often it has been tried. */
export type Purpose = { readonly tries: number } & (
  | { readonly type: 'allocate' }
  | { readonly type: 'refresh' }
  | { readonly type: 'delete' }
  | { readonly type: 'permit'; readonly address: string }
  | { readonly type: 'bind'; readonly channel: Channel }
);

/** The method of the request. */
export function methodOf({ type }: Purpose): number {
  switch (type) {
    case 'allocate':
      return METHOD.allocate;
    case 'refresh':
    case 'delete':
      return METHOD.refresh;
    case 'permit':
      return METHOD.createPermission;
    case 'bind':
      return METHOD.channelBind;
  }
}

/** The attributes of the request, beside the credentials. */
export function attributesOf(purpose: Purpose): readonly Attribute[] {
  switch (purpose.type) {
    case 'allocate':
      return [{ name: 'REQUESTED-TRANSPORT', value: PROTOCOL_UDP }];
    case 'refresh':
      return [];
    case 'delete':
      return [{ name: 'LIFETIME', value: 0 }];
    case 'permit':
      return [{ name: 'XOR-PEER-ADDRESS', value: { address: purpose.address, port: 0 } }];
    case 'bind':
      return [
        { name: 'CHANNEL-NUMBER', value: purpose.channel.number },
        { name: 'XOR-PEER-ADDRESS', value: purpose.channel.peer },
      ];
  }
}
