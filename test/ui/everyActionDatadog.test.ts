import { walkEveryAction } from './everyAction';

walkEveryAction('datadog', 'ordinary');
walkEveryAction('datadog', 'production');
