import { describeFaults } from './faultMatrix';

describeFaults('cja');
