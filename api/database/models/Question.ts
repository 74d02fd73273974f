import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { QuestionKind } from '#workflows/graph/eventSchema.ts';
import type { QuestionAbout, QuestionOutcome, QuestionPart } from '../ledger/questions/NewQuestion.ts';
import type { StoredText } from '../ledger/stored.ts';

/** What a simulation asks people, and what became of it. Opened by the worker, answered through the api. */
export class Question extends Model<InferAttributes<Question>, InferCreationAttributes<Question>> {
  declare id: string;
  declare workspaceId: string;
  declare simulationId: string;
  declare path: string;
  declare nodeId: string;
  declare scope: CreationOptional<string | null>;
  declare kind: QuestionKind;
  declare title: string;
  declare prompt: StoredText;
  declare context: readonly QuestionPart[];
  declare outcomes: readonly QuestionOutcome[];
  declare asksForText: boolean;
  declare about: CreationOptional<QuestionAbout | null>;
  /** Of the workflow that waits for the answer: the simulation's, or a sub-crew's. */
  declare workflowId: string;
  declare deadlineAt: CreationOptional<Date | null>;
  declare remindAt: CreationOptional<Date | null>;
  declare remindedAt: CreationOptional<Date | null>;
  declare answeredAt: CreationOptional<Date | null>;
  declare answeredBy: CreationOptional<string | null>;
  declare answeredByName: CreationOptional<string | null>;
  declare outcome: CreationOptional<string | null>;
  declare text: CreationOptional<StoredText | null>;
  declare deliveredAt: CreationOptional<Date | null>;
  /** Nobody can answer it any more: its deadline passed, or the simulation was cancelled. */
  declare expiredAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initQuestion = (sequelize: Sequelize) =>
  Question.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      simulationId: { type: DataTypes.UUID, allowNull: false },
      path: { type: DataTypes.TEXT, allowNull: false },
      nodeId: { type: DataTypes.TEXT, allowNull: false },
      scope: DataTypes.TEXT,
      kind: { type: DataTypes.TEXT, allowNull: false },
      title: { type: DataTypes.TEXT, allowNull: false },
      prompt: { type: DataTypes.JSONB, allowNull: false },
      context: { type: DataTypes.JSONB, allowNull: false },
      outcomes: { type: DataTypes.JSONB, allowNull: false },
      asksForText: { type: DataTypes.BOOLEAN, allowNull: false },
      about: DataTypes.JSONB,
      workflowId: { type: DataTypes.TEXT, allowNull: false },
      deadlineAt: DataTypes.DATE,
      remindAt: DataTypes.DATE,
      remindedAt: DataTypes.DATE,
      answeredAt: DataTypes.DATE,
      answeredBy: DataTypes.UUID,
      answeredByName: DataTypes.TEXT,
      outcome: DataTypes.TEXT,
      text: DataTypes.JSONB,
      deliveredAt: DataTypes.DATE,
      expiredAt: DataTypes.DATE,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'questions' },
  );
