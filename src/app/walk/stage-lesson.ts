// What a stage has to know of a lesson: its servers, and how long time goes on after the call is up.
import type { NetLesson } from '../../lessons/net/lessons.ts';

export type StageLesson = Pick<NetLesson, 'iceServers' | 'names' | 'policy' | 'until'>;
