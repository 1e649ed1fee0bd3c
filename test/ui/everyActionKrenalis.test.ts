import { walkEveryAction } from './everyAction';

walkEveryAction('krenalis', 'ordinary');
walkEveryAction('krenalis', 'production');
