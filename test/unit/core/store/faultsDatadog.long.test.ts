import { describeFaults } from './faultMatrix';

describeFaults('datadog');
