// What symmetric NATs made of one socket: for each destination a port of its own, and what became of each.
import { foundBy } from '../../lessons/net/facts.ts';
import type { Endpoint } from '../../net/packet.ts';
import { formatEndpoint, isSameEndpoint } from '../../rtc/address.ts';
import { SIDES, type Side } from '../../rtc/steps.ts';
import type { Frame } from '../../trace/frame.ts';
import type { RowFrame } from '../../trace/net-frame.ts';
import { isSymmetric, type NatTable } from './tables.ts';

/** A port that a NAT took for one destination. */
export interface PortRow {
  /** Whose NAT it is; null for one that is nobody's. */
  readonly side: Side | null;
  /** The router's id. */
  readonly where: string;
  readonly row: RowFrame;
  readonly to: Endpoint;
  readonly isNew: boolean;
  /** It is what the other side was told, or what comes from it was dropped there. */
  readonly fate: 'announced' | 'dropped' | null;
}

/** The rows of all symmetric NATs. */
export function portRows(frame: Frame, tables: readonly NatTable[]): readonly PortRow[] {
  const symmetric = tables
    .filter(({ router }) => isSymmetric(router.nat))
    .toSorted((one, other) => Number(other.of === 'caller') - Number(one.of === 'caller'));
  if (symmetric.length === 0) return [];
  const announced = SIDES.flatMap((side) => foundBy(frame[side])).filter(
    ({ type }) => type === 'srflx',
  );
  const dropped = [...(frame.network?.packets ?? [])].flatMap((packet) => {
    const last = packet.path.at(-1);
    return packet.at === 'dropped' && last !== undefined ? [last] : [];
  });
  return symmetric.flatMap(({ router, of, rows }) =>
    rows.flatMap(({ row, isNew }): PortRow[] => {
      const { outside, sentTo } = row.binding;
      const [to] = sentTo;
      if (to === undefined) return [];
      const isAnnounced = announced.some(({ endpoint }) => endpoint === formatEndpoint(outside));
      const isDropped = dropped.some(
        ({ where, source }) => where !== router.id && isSameEndpoint(source, outside),
      );
      const side = of === 'caller' || of === 'callee' ? of : null;
      const fate = isAnnounced ? 'announced' : isDropped ? 'dropped' : null;
      return [{ ...{ side, where: router.id, row, to, isNew, fate } }];
    }),
  );
}
