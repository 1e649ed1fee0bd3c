export { systemClock, type Clock } from '../http/clock';
