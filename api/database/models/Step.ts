import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { StepOutcome } from '#workflows/activities.ts';
import type { Failure, StepKind } from '#workflows/graph/eventSchema.ts';
import type { StoredRequest, StoredResponse } from '../ledger/stored.ts';

/** A row of the ledger: one paid or outside thing done in a simulation, by its path. */
export class Step extends Model<InferAttributes<Step>, InferCreationAttributes<Step>> {
  declare simulationId: string;
  declare path: string;
  declare workspaceId: string;
  declare nodeId: string;
  declare kind: StepKind;
  declare state: 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled' | 'unknown';
  declare epoch: number;
  declare attempt: number;
  declare leaseAt: CreationOptional<Date | null>;
  declare reservedMicros: CreationOptional<number>;
  declare model: CreationOptional<string | null>;
  declare tool: CreationOptional<string | null>;
  declare requestHash: CreationOptional<string | null>;
  declare request: CreationOptional<StoredRequest | null>;
  declare response: CreationOptional<StoredResponse | null>;
  declare partial: CreationOptional<string | null>;
  declare outcome: CreationOptional<StepOutcome | null>;
  declare failure: CreationOptional<Failure | null>;
  declare inputTokens: CreationOptional<number | null>;
  declare outputTokens: CreationOptional<number | null>;
  declare costMicros: CreationOptional<number | null>;
  declare reusedFrom: CreationOptional<string | null>;
  /** A person said this instead of what was answered in the simulation it was forked from. */
  declare isEdited: CreationOptional<boolean>;
  declare startedAt: CreationOptional<Date>;
  declare endedAt: CreationOptional<Date | null>;
}

export const initStep = (sequelize: Sequelize) =>
  Step.init(
    {
      simulationId: { type: DataTypes.UUID, primaryKey: true },
      path: { type: DataTypes.TEXT, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      nodeId: { type: DataTypes.TEXT, allowNull: false },
      kind: { type: DataTypes.TEXT, allowNull: false },
      state: { type: DataTypes.TEXT, allowNull: false },
      epoch: { type: DataTypes.INTEGER, allowNull: false },
      attempt: { type: DataTypes.INTEGER, allowNull: false },
      leaseAt: DataTypes.DATE,
      reservedMicros: DataTypes.BIGINT,
      model: DataTypes.TEXT,
      tool: DataTypes.TEXT,
      requestHash: DataTypes.TEXT,
      request: DataTypes.JSONB,
      response: DataTypes.JSONB,
      partial: DataTypes.TEXT,
      outcome: DataTypes.JSONB,
      failure: DataTypes.JSONB,
      inputTokens: DataTypes.INTEGER,
      outputTokens: DataTypes.INTEGER,
      costMicros: DataTypes.BIGINT,
      reusedFrom: DataTypes.TEXT,
      isEdited: DataTypes.BOOLEAN,
      startedAt: DataTypes.DATE,
      endedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'steps', timestamps: false },
  );
