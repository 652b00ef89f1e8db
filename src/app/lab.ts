// The lab as a lesson: the network that its settings make, and the servers in it.
import { labAgents, labNetwork, labServers } from '../lessons/net/lab.ts';
import { formatLab, parseLab } from '../lessons/net/lab-settings.ts';
import { NAMES } from '../lessons/net/parts.ts';
import type { ChosenLesson } from './walk/chosen-lesson.ts';

/** How long the walk goes on after the call is up, in virtual ms. */
const REST = 3000;

/** The lesson that a link's query describes. Total: see `parseLab`. */
export function labOf(query: string): ChosenLesson {
  const settings = parseLab(query);
  const { seed } = settings;
  const iceServers = labServers(settings);
  return {
    lesson: { iceServers, names: NAMES, policy: 'all', until: REST },
    acts: [],
    settings: formatLab(settings),
    network: { lesson: 'lab', seed, ...labAgents(settings), description: labNetwork(settings) },
  };
}
