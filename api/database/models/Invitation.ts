import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  Model,
  type Sequelize,
} from 'sequelize';
import type { Membership } from './Membership.ts';

/** Somebody who may become a member, known by an address. What opens it is in a mail, and in `one_time_tokens` its hash. */
export class Invitation extends Model<InferAttributes<Invitation>, InferCreationAttributes<Invitation>> {
  declare workspaceId: string;
  declare id: string;
  declare email: string;
  declare role: Membership['role'];
  declare invitedBy: string | null;
  declare expiresAt: Date;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

export const initInvitation = (sequelize: Sequelize) =>
  Invitation.init(
    {
      workspaceId: { type: DataTypes.UUID, allowNull: false },
      id: { type: DataTypes.UUID, primaryKey: true },
      email: { type: DataTypes.TEXT, allowNull: false },
      role: { type: DataTypes.TEXT, allowNull: false },
      invitedBy: DataTypes.UUID,
      expiresAt: { type: DataTypes.DATE, allowNull: false },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'invitations' },
  );
