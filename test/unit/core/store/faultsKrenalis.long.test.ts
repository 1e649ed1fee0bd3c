import { describeFaults } from './faultMatrix';

describeFaults('krenalis');
