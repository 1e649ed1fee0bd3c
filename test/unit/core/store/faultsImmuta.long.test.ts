import { describeFaults } from './faultMatrix';

describeFaults('immuta');
