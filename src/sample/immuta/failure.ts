import { jsonAnswer, type Answer } from '../common/exchange';
import { Refusal } from '../common/refusal';

const names = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
} as const;

/**
 * Thrown by a route. The body has the shape of Immuta's older APIs; for this one, none is documented
 * (inference).
 */
export class ImmutaFailure extends Refusal {
  constructor(
    readonly status: keyof typeof names,
    message: string,
  ) {
    super(message);
  }

  answer(): Answer {
    return jsonAnswer(this.status, {
      statusCode: this.status,
      error: names[this.status],
      message: this.message,
    });
  }
}
