import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** One file of a knowledge base, and how far its reading is. */
export class KnowledgeSource extends Model<
  InferAttributes<KnowledgeSource>,
  InferCreationAttributes<KnowledgeSource>
> {
  declare id: string;
  declare workspaceId: string;
  declare baseId: string;
  declare fileId: string;
  declare state: CreationOptional<'queued' | 'reading' | 'ready' | 'failed'>;
  declare failure: CreationOptional<{ readonly code: string; readonly message: string } | null>;
  /** Rises each time it is to be read anew. */
  declare attempt: CreationOptional<number>;
  declare startedInEngine: CreationOptional<number>;
  declare chunkCount: CreationOptional<number>;
  /** Null when it is found by its words alone. */
  declare embeddingModel: CreationOptional<string | null>;
  declare inputTokens: CreationOptional<number>;
  declare costMicros: CreationOptional<number>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initKnowledgeSource = (sequelize: Sequelize) =>
  KnowledgeSource.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      baseId: { type: DataTypes.UUID, allowNull: false },
      fileId: { type: DataTypes.UUID, allowNull: false },
      state: DataTypes.TEXT,
      failure: DataTypes.JSONB,
      attempt: DataTypes.INTEGER,
      startedInEngine: DataTypes.INTEGER,
      chunkCount: DataTypes.INTEGER,
      embeddingModel: DataTypes.TEXT,
      inputTokens: DataTypes.BIGINT,
      costMicros: DataTypes.BIGINT,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'knowledge_sources' },
  );
