// What of the learner's choices the recording says, and what the browser is told of them.
import type { IceServer } from '../../peers/connection.ts';
import { withoutCredentials } from '../../rtc/ice-url.ts';
import type { RunOptions } from '../../trace/event.ts';
import type { Choices } from '../../views/start/choices.ts';
import type { ChosenLesson } from './chosen-lesson.ts';

/**
 * The options of a run. They stand in the recording, so the servers' URLs are without user names and passwords.
 * @param chosen the lesson; `null` for a call in this browser
 */
export function optionsOf(choices: Choices, chosen: ChosenLesson | null): RunOptions {
  const { media, audio, video, data, trickle } = choices;
  if (chosen !== null) {
    return {
      peers: 'virtual',
      media: 'virtual',
      carry: { audio, video, data },
      trickle,
      iceServers: chosen.lesson.iceServers.map(({ urls }) => urls),
      network: chosen.network,
    };
  }
  return {
    peers: 'browser',
    media,
    carry: { audio, video, data },
    trickle,
    iceServers: iceServersOf(choices).map(({ urls }) => withoutCredentials(urls)),
    network: null,
  };
}

/** The servers that were typed in, as `RTCPeerConnection` takes them, with what is secret. */
export function iceServersOf({
  servers,
}: Choices): readonly (IceServer & { readonly urls: string })[] {
  return servers
    .filter(({ url }) => url.trim() !== '')
    .map(({ url, username, credential }) => ({
      urls: url.trim(),
      ...(username === '' ? {} : { username }),
      ...(credential === '' ? {} : { credential }),
    }));
}
