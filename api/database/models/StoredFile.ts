import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';

/** A file that people uploaded. Its bytes are in the file store under its id; `name` is for people alone. */
export class StoredFile extends Model<InferAttributes<StoredFile>, InferCreationAttributes<StoredFile>> {
  declare id: string;
  declare workspaceId: string;
  declare name: string;
  declare mediaType: CreationOptional<string>;
  /** Bytes; while it is arriving, as many as it may have. */
  declare size: number;
  declare sha256: CreationOptional<Buffer | null>;
  declare purpose: 'knowledge' | 'other';
  /** Null while it is arriving. */
  declare storedAt: CreationOptional<Date | null>;
  declare createdBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initStoredFile = (sequelize: Sequelize) =>
  StoredFile.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      mediaType: DataTypes.TEXT,
      size: { type: DataTypes.BIGINT, allowNull: false },
      sha256: DataTypes.BLOB,
      purpose: { type: DataTypes.TEXT, allowNull: false },
      storedAt: DataTypes.DATE,
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'files' },
  );
