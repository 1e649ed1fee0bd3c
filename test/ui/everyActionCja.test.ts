import { walkEveryAction } from './everyAction';

walkEveryAction('cja', 'ordinary');
walkEveryAction('cja', 'production');
