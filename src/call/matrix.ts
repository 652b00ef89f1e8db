// The matrix: what becomes of a call for every NAT of one side and every NAT of the other.
import type { NatBehaviour, NetworkDescription } from '../net/description.ts';
import type { IceProfile } from '../ice/agent-port.ts';
import type { DtlsVersion } from '../rtc/dtls.ts';
import { NAT_KINDS, type NatKind } from '../rtc/nat.ts';
import type { IceServer } from '../peers/connection.ts';
import { virtualCall, type CallOutcome } from './virtual-call.ts';

/** What all cells share. */
export interface MatrixSetup {
  readonly seed: number;
  readonly profile: IceProfile;
  readonly dtls?: DtlsVersion;
  readonly permission?: boolean;
  readonly iceServers: readonly IceServer[];
  readonly names: Readonly<Record<string, string>>;
  /** What NATs are besides mapping and filtering. */
  readonly rest: Omit<NatBehaviour, keyof NatKind>;
  /** The network for the NATs of the two sides. */
  readonly network: (caller: NatBehaviour, callee: NatBehaviour) => NetworkDescription;
}

/** One cell: the places of both NATs in `NAT_KINDS`, and what became of the call. */
export interface MatrixCell {
  readonly caller: number;
  readonly callee: number;
  readonly outcome: CallOutcome;
}

/** Makes all 81 calls, one after the other; each is handed out when it is over. */
export async function* matrix(setup: MatrixSetup): AsyncGenerator<MatrixCell> {
  const { rest, network, ...world } = setup;
  for (const [caller, one] of NAT_KINDS.entries()) {
    for (const [callee, other] of NAT_KINDS.entries()) {
      const outcome = await virtualCall({
        ...world,
        network: network({ ...one, ...rest }, { ...other, ...rest }),
      });
      yield { caller, callee, outcome };
    }
  }
}
