// The profiles by their names, which descriptions of networks and recordings carry.
import type { IceProfile } from './agent-port.ts';
import { chromium } from './profile-chromium.ts';
import { rfc8445 } from './profile-rfc.ts';
import type { Profile } from './profile.ts';

const PROFILES: Readonly<Record<IceProfile, Profile>> = { rfc8445, chromium };

/** The profile of a name. */
export function profileOf(name: IceProfile): Profile {
  return PROFILES[name];
}
