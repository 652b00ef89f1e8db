// The list of acts that can follow the call: each with its script and its lesson. Adding an act adds a line.
import { hangUp } from '../../call/acts/hang-up.ts';
import { shareScreen } from '../../call/acts/share-screen.ts';
import { hangUpLesson } from '../../lessons/hang-up/lesson.ts';
import { shareScreenLesson } from '../../lessons/share-screen/lesson.ts';
import { addAct } from './act-registry.ts';

addAct({ script: shareScreen, lesson: shareScreenLesson });
addAct({ script: hangUp, lesson: hangUpLesson });
