import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** Sources that agents look things up in. `stateHash` stands for all that is in it: equal hashes, equal answers. */
export class KnowledgeBase extends Model<
  InferAttributes<KnowledgeBase>,
  InferCreationAttributes<KnowledgeBase>
> {
  declare id: string;
  declare workspaceId: string;
  declare name: string;
  declare description: CreationOptional<string>;
  declare stateHash: CreationOptional<string>;
  declare createdBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initKnowledgeBase = (sequelize: Sequelize) =>
  KnowledgeBase.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      description: DataTypes.TEXT,
      stateHash: DataTypes.TEXT,
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'knowledge_bases' },
  );
