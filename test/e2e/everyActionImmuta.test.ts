import { walkEveryAction } from './everyAction';

walkEveryAction('immuta');
