import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { Failure, SimulationStatus, WaitingFor } from '#workflows/graph/eventSchema.ts';
import type { CopiedFrom, ForkOrigin } from '../ForkOrigin.ts';
import type { ForkRule } from '../ledger/reuse/ForkRule.ts';

/** What a user starts and watches: one crew version with inputs. `wanted` is what people asked for last, `status` what is. */
export class Simulation extends Model<InferAttributes<Simulation>, InferCreationAttributes<Simulation>> {
  declare id: string;
  declare workspaceId: string;
  declare crewId: string;
  declare crewVersionId: string;
  declare title: string;
  declare inputs: CreationOptional<Record<string, string>>;
  declare status: CreationOptional<SimulationStatus>;
  declare waitingFor: CreationOptional<WaitingFor | null>;
  declare failure: CreationOptional<Failure | null>;
  declare outputPath: CreationOptional<string | null>;
  declare epoch: CreationOptional<number>;
  declare clock: CreationOptional<Date>;
  declare wanted: CreationOptional<'run' | 'pause' | 'cancel'>;
  declare commandSeq: CreationOptional<number>;
  declare commandDelivered: CreationOptional<number>;
  declare startedInEngine: CreationOptional<number>;
  declare budgetMicros: CreationOptional<number | null>;
  declare reservedMicros: CreationOptional<number>;
  declare spentMicros: CreationOptional<number>;
  declare lastSeq: CreationOptional<number>;
  /** Used of its limits, since it was started or retried. */
  declare modelSteps: CreationOptional<number>;
  declare toolSteps: CreationOptional<number>;
  declare tokens: CreationOptional<number>;
  /** Instead of the crew's limit, when people let it go on. */
  declare tokenLimit: CreationOptional<number | null>;
  declare forkedFrom: CreationOptional<string | null>;
  declare fork: CreationOptional<ForkRule | null>;
  declare origin: CreationOptional<ForkOrigin | null>;
  /** The fork in which this one went on. */
  declare continuedIn: CreationOptional<string | null>;
  /** Of a simulation that never ran here: a copy to fork from. */
  declare copiedFrom: CreationOptional<CopiedFrom | null>;
  /** The switch of its workspace paused it, and lets it go on. */
  declare pausedByStop: CreationOptional<boolean>;
  /** Somebody wants it kept for good. */
  declare isKept: CreationOptional<boolean>;
  /** Of one that was let go: it stays until then at least. */
  declare keptUntil: CreationOptional<Date | null>;
  declare createdBy: CreationOptional<string | null>;
  declare startedAt: CreationOptional<Date | null>;
  declare endedAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initSimulation = (sequelize: Sequelize) =>
  Simulation.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      crewId: { type: DataTypes.UUID, allowNull: false },
      crewVersionId: { type: DataTypes.UUID, allowNull: false },
      title: { type: DataTypes.TEXT, allowNull: false },
      inputs: DataTypes.JSONB,
      status: DataTypes.TEXT,
      waitingFor: DataTypes.JSONB,
      failure: DataTypes.JSONB,
      outputPath: DataTypes.TEXT,
      epoch: DataTypes.INTEGER,
      clock: DataTypes.DATE,
      wanted: DataTypes.TEXT,
      commandSeq: DataTypes.INTEGER,
      commandDelivered: DataTypes.INTEGER,
      startedInEngine: DataTypes.INTEGER,
      budgetMicros: DataTypes.BIGINT,
      reservedMicros: DataTypes.BIGINT,
      spentMicros: DataTypes.BIGINT,
      lastSeq: DataTypes.INTEGER,
      modelSteps: DataTypes.INTEGER,
      toolSteps: DataTypes.INTEGER,
      tokens: DataTypes.BIGINT,
      tokenLimit: DataTypes.BIGINT,
      forkedFrom: DataTypes.UUID,
      fork: DataTypes.JSONB,
      origin: DataTypes.JSONB,
      continuedIn: DataTypes.UUID,
      copiedFrom: DataTypes.JSONB,
      pausedByStop: DataTypes.BOOLEAN,
      isKept: DataTypes.BOOLEAN,
      keptUntil: DataTypes.DATE,
      createdBy: DataTypes.UUID,
      startedAt: DataTypes.DATE,
      endedAt: DataTypes.DATE,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'simulations' },
  );
