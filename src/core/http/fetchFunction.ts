/** Has a name for the default export of node-fetch: the build takes no default from a module that is loaded later. */
export { default as fetch } from 'node-fetch';
