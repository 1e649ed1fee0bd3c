/** A named export of node-fetch, because the build cannot take a default export from a lazily loaded module. */
export { default as fetch } from 'node-fetch';
