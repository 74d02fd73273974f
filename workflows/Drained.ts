/** Nothing new may start, and what was waited for has not come: the node goes on later, from what is on record. */
export class Drained extends Error {
  constructor() {
    super('Nothing more starts here');
    this.name = 'Drained';
  }
}
