/** There are no figures yet, as after an update of the program, when everything is counted anew: whoever asks again in a while is told. */
export class CountingUnderway extends Error {
  constructor() {
    super('the figures are not made yet');
    this.name = 'CountingUnderway';
  }
}
