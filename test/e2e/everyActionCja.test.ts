import { walkEveryAction } from './everyAction';

walkEveryAction('cja');
