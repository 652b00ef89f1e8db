// A step of a recording as a story is found in it: its packets by what they are for, and who stands where.
import type { NetworkDescription } from '../../net/description.ts';
import type { Side } from '../../rtc/steps.ts';
import type { NetworkEvent, NetworkOptions, TraceEvent } from '../../trace/event.ts';
import type { Frame } from '../../trace/frame.ts';
import { packetOf, type NetFrame, type PacketFrame } from '../../trace/net-frame.ts';
import type { StepFrame } from '../../trace/script.ts';
import { frameAt, type Trace } from '../../trace/trace.ts';
import { readSignals, type Signal } from './signal.ts';

/** What stories are found in. */
export interface Story {
  readonly trace: Trace;
  readonly step: StepFrame;
  readonly options: NetworkOptions;
  /** The step's events are those after `begin`, up to `end`. */
  readonly begin: number;
  readonly end: number;
  readonly events: readonly TraceEvent[];
  /** After them. */
  readonly after: Frame;
  readonly net: NetFrame;
  /** What happened to the network up to the step's end. */
  readonly changes: readonly NetworkEvent[];
  /** Every request and response of the recording up to the step's end, in the order of their sending. */
  readonly signals: readonly Signal[];
}

/** Reads a step; null where it is not over, or was not in a virtual network. */
export function storyOf(trace: Trace, number: number): Story | null {
  const options = trace.header.options.network;
  const step = trace.step(number);
  if (options === null || step === null || number >= trace.ends.length) return null;
  const [begin, end] = [trace.stepBegin(number), trace.stepEnd(number)];
  const after = frameAt(trace, end);
  const net = after.network;
  if (net === null || after.progress === 'running' || after.progress === 'ready') return null;
  const signals = readSignals(net);
  const events = trace.events.slice(begin, end);
  const changes = trace.events.filter(
    (event): event is NetworkEvent => event.kind === 'network' && event.n <= end,
  );
  return { trace, step, options, begin, end, events, after, net, changes, signals };
}

/** Whether an event is of the step. */
export function isIn({ begin, end }: Story, n: number): boolean {
  return n > begin && n <= end;
}

/** The network as it is drawn at an event. */
export function networkAt({ changes, options }: Story, n: number): NetworkDescription {
  return changes.findLast((change) => change.n <= n)?.description ?? options.description;
}

/** The packet of that id. */
export function packetIn({ net }: Story, id: number): PacketFrame | undefined {
  return packetOf(net, id);
}

/** The id of a side's host. */
export function hostIdOf({ hosts }: NetworkDescription, side: Side): string | null {
  return hosts.find(({ role }) => role === side)?.id ?? null;
}

/** The side whose host has that id; null for any other place. */
export function sideOfHost({ hosts }: NetworkDescription, id: string): Side | null {
  const role = hosts.find((host) => host.id === id)?.role;
  return role === 'caller' || role === 'callee' ? role : null;
}
