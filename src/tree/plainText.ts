export { plainText } from '../text/plainText';
