import * as vscode from 'vscode';
import type { Field } from '../services/service';
import { askChoice, askText, type Answer, type Frame, type TextQuestion } from './multiStepInput';

/** Asks for the value of a field: one of its choices where it has any, else a text. */
export async function askValue(
  frame: Frame,
  { choices, placeholder, prompt, secret }: Field,
  question: Omit<TextQuestion, 'prompt' | 'password'>,
): Promise<Answer<string>> {
  if (!choices) {
    return askText(frame, {
      ...(placeholder !== undefined && { placeholder }),
      ...question,
      prompt,
      password: secret,
    });
  }
  const items = choices.map(({ value, label, description = '', problem }) => ({
    ...{ value, label, description },
    ...(problem && { iconPath: new vscode.ThemeIcon('warning') }),
    isAnswer: problem === undefined,
  }));
  const active = items.find(({ value, isAnswer }) => isAnswer && value === question.value);
  const answer = await askChoice(frame, {
    placeholder: question.complaint ?? prompt,
    items,
    active,
    isAnswer: (item) => item.isAnswer,
  });
  return answer.go === 'next' ? { go: 'next', value: answer.value.value } : answer;
}
