// The list of acts that can follow the call: each with its script and its lesson. Adding an act adds a line.
// What is said of the call itself comes along: nothing happens, and no recording is opened, without this file.
import { glare } from '../../call/acts/glare.ts';
import { hangUp } from '../../call/acts/hang-up.ts';
import { restartIceAct } from '../../call/acts/restart-ice.ts';
import { shareScreen } from '../../call/acts/share-screen.ts';
import { teachAct } from '../../lessons/acts.ts';
import { toldCallLesson } from '../../lessons/call/told.ts';
import { glareLesson } from '../../lessons/glare/lesson.ts';
import { hangUpLesson } from '../../lessons/hang-up/lesson.ts';
import { restartIceLesson } from '../../lessons/restart-ice/lesson.ts';
import { shareScreenLesson } from '../../lessons/share-screen/lesson.ts';
import { addAct } from './act-registry.ts';

teachAct(toldCallLesson);
addAct({ script: shareScreen, lesson: shareScreenLesson });
addAct({ script: restartIceAct, lesson: restartIceLesson });
addAct({ script: glare, lesson: glareLesson });
addAct({ script: hangUp, lesson: hangUpLesson });
