import { walkEveryAction } from './everyAction';

walkEveryAction('krenalis');
