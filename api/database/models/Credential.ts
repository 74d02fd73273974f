import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { CredentialProvider } from '#workflows/catalogue/credentials.ts';

/**
 * What is known of a credential but its secret, which is in columns of this table that the model has not: they are
 * written by `keepSecret` and read by `revealCredential` alone.
 */
export class Credential extends Model<InferAttributes<Credential>, InferCreationAttributes<Credential>> {
  declare id: string;
  declare workspaceId: string;
  /** Null: everybody’s in the workspace. Else it works only in what this person starts. */
  declare ownerId: string | null;
  declare provider: CredentialProvider;
  declare name: string;
  /** Of a model server: the middle of its models’ names, `custom/<slug>/<model>`. Never changes. */
  declare slug: CreationOptional<string | null>;
  declare url: CreationOptional<string | null>;
  declare origins: string[];
  declare header: CreationOptional<string | null>;
  declare prefix: CreationOptional<string | null>;
  declare username: CreationOptional<string | null>;
  /** Of a key for models: what texts are embedded with. Null: what its provider has by itself, if anything; `none`. */
  declare embeddingModel: CreationOptional<string | null>;
  declare allCrews: CreationOptional<boolean>;
  declare lastFour: CreationOptional<string | null>;
  /** When the secret was entered; null while there is none. */
  declare secretAt: CreationOptional<Date | null>;
  declare createdBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initCredential = (sequelize: Sequelize) =>
  Credential.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      ownerId: DataTypes.UUID,
      provider: { type: DataTypes.TEXT, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      slug: DataTypes.TEXT,
      url: DataTypes.TEXT,
      origins: { type: DataTypes.ARRAY(DataTypes.TEXT), allowNull: false },
      header: DataTypes.TEXT,
      prefix: DataTypes.TEXT,
      username: DataTypes.TEXT,
      embeddingModel: DataTypes.TEXT,
      allCrews: DataTypes.BOOLEAN,
      lastFour: DataTypes.TEXT,
      secretAt: DataTypes.DATE,
      createdBy: DataTypes.UUID,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'credentials' },
  );
