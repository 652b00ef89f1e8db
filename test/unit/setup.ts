// Before each file of unit tests: the files share what they import, and one must not speak the language of the last.
import { overwriteGetLocale } from '../../src/i18n/paraglide/runtime.js';

overwriteGetLocale(() => 'en');
