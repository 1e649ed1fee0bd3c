export { watch as watchForRuns } from './watch';
