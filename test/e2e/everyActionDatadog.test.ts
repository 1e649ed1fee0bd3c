import { walkEveryAction } from './everyAction';

walkEveryAction('datadog');
